"""The way in: a page with a form, invitations, and the gate before everything else.

Routes of our own, not pages of Streamlit: nothing of the dashboard is sent before somebody is signed in.
"""
