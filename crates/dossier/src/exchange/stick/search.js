"use strict";
// Hides what does not hold every word that is typed. Plain enough for the browsers of old office computers.
(function () {
  var box = document.getElementById("search");
  var found = document.getElementById("found");
  var plain = function (text) {
    return text.toLowerCase().replace(/\s+/g, " ");
  };
  var pieces = [].slice.call(document.querySelectorAll("li"));
  var leaves = [].slice.call(document.querySelectorAll(".leaf"));
  var areas = [].slice.call(document.querySelectorAll(".area"));
  var texts = pieces.map(function (piece) {
    var leaf = piece.parentNode;
    while (leaf && !/(^| )leaf( |$)/.test(leaf.className)) leaf = leaf.parentNode;
    var head = leaf && leaf.querySelector("h2");
    return plain((head ? head.textContent : "") + " " + piece.textContent);
  });

  function search() {
    var words = plain(box.value).split(" ").filter(Boolean);
    var count = 0;
    pieces.forEach(function (piece, at) {
      var holds = words.every(function (word) {
        return texts[at].indexOf(word) >= 0;
      });
      piece.hidden = !holds;
      if (holds) count += 1;
    });
    leaves.concat(areas).forEach(function (part) {
      var head = part.querySelector("h2");
      var own = head && words.every(function (word) {
        return plain(head.textContent).indexOf(word) >= 0;
      });
      part.hidden = words.length > 0 && !own && !part.querySelector("li:not([hidden])");
      if (words.length > 0 && part.tagName === "DETAILS") part.open = true;
    });
    found.textContent = words.length > 0 ? "找到 " + count + " 件" : "";
  }

  box.hidden = false;
  box.addEventListener("input", search);
  box.focus();
})();
