"""Where the tests find the server, and what a request of its own pages and of a friend bears."""

HERE = "http://127.0.0.1:8321"
TOKEN = "a-token-of-enough-length"
OWN = {"origin": HERE}
