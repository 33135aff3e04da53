// Moves the focus to the error summary, so that a screen reader starts there.
document.getElementById("error-summary")?.focus();
