// Follows what the worker does: `#progress` is asked for again every three seconds, and the page
// is loaded anew when it is over. Without script a link does the same.
const EVERY = 3000;

async function look() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("#progress");
  if (!answer.ok || !now) return location.reload();
  document.querySelector("#progress").replaceWith(document.adoptNode(now));
  setTimeout(look, EVERY);
}

if (document.querySelector("#progress")) setTimeout(look, EVERY);
