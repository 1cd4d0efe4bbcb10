"""The ASGI side: who may connect, what is put into the first HTML, what is asked before the first reader comes."""
