"""What a reader waits for: runs and a browser, beside a minimal Streamlit page and one of Dash."""
