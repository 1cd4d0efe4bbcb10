"""Measured frames → figures. Pure: no Streamlit, nothing else of ui; reports draw with it too."""
