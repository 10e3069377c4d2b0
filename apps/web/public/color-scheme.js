// Runs before the first paint, so that a dark screen never flashes white. A file of its own: the content security
// policy allows no inline script. The key is the one that src/app/theme.ts names.
(() => {
  let wanted = "auto";
  try {
    wanted = localStorage.getItem("aic-sos-color-scheme") ?? "auto";
  } catch {
    // Storage may be switched off; then the system decides.
  }
  const dark =
    wanted === "dark" || (wanted === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
