// A screen without a keyboard and without a way out: nothing on it is dragged, zoomed, swiped away or opened by a long touch.
// The style sheets hold `touch-action` and `overscroll-behavior`, which no script can replace.

export function fixPage(): void {
  for (const kind of ["contextmenu", "dragstart", "selectstart", "gesturestart", "drop", "dragover"]) {
    addEventListener(kind, event => event.preventDefault(), { capture: true });
  }
  // A touch pad sends a pinch as a wheel with the control key.
  addEventListener("wheel", event => {
    if (event.ctrlKey) {
      event.preventDefault();
    }
  }, { capture: true, passive: false });
  // Swipes that the system has begun already are not cancelable.
  addEventListener("touchmove", event => {
    if (event.touches.length > 1 && event.cancelable) {
      event.preventDefault();
    }
  }, { capture: true, passive: false });
}
