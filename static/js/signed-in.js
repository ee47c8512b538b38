// The sign-in beside a half typed page is done: that page goes on by itself.
if (window.opener) window.close();
