"""What Streamlit runs at every visit and every click."""

if __name__ == "__main__":  # the API's worker processes import this file too, under another name
    from idcard_core.ui.app import main

    main()
