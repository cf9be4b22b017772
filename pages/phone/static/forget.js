"use strict";
/* Everything of this person is deleted: what their browser still holds of this workshop, too. */
(() => {
  const mine = `einklang:${location.pathname.split("/")[2]}:`;
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(mine)) localStorage.removeItem(key);
    }
  } catch {
    // The browser gives no storage: there is nothing to forget.
  }
})();
