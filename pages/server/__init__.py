"""What the server does beside Streamlit: keeps browsers to this host, and answers addresses with files."""
