// The page in the frame: tells the viewer where its decoders are before it is loaded, else it would ask Google for them.
const model = document.querySelector("model-viewer");
const show = (name) => document.querySelector(`[data-${name}]`)?.removeAttribute("hidden");
const bar = model.querySelector("progress");
if (window.top !== window) document.body.dataset.framed = "";
globalThis.ModelViewerElement = {
  dracoDecoderLocation: model.dataset.decoders,
  ktx2TranscoderLocation: model.dataset.decoders,
  // Its meshopt decoder is built in, but used only once the file named here has come.
  meshoptDecoderLocation: model.dataset.waiting,
  lottieLoaderLocation: model.dataset.waiting,
};
model.addEventListener("progress", (event) => {
  bar.value = event.detail.totalProgress;
  bar.hidden = bar.value === 1;
});
model.addEventListener("load", () => {
  document.body.dataset.loaded = "";
  if (!model.canActivateAR) show("phone");
});
model.addEventListener("error", () => show("failed"));
try {
  await import(model.dataset.viewer);
  if (window.top !== window) model.focus({ preventScroll: true });
} catch {
  show("failed");
}
