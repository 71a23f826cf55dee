(function () {
  // In words that every browser understands: whether this one can do what the page needs.
  var missing = [];
  if (typeof WebAssembly !== "object") missing.push("WebAssembly");
  if (typeof Worker !== "function") missing.push("Worker");
  if (typeof DecompressionStream !== "function") missing.push("DecompressionStream");
  if (typeof BigInt !== "function") missing.push("BigInt");
  if (typeof Promise !== "function" || typeof fetch !== "function") missing.push("Promise");
  if (missing.length) {
    window.xlsTooOld = true;
    document.documentElement.className = "old";
    document.getElementById("old-missing").appendChild(document.createTextNode(missing.join(", ")));
  }
})();
