/**
 * Holds messages back while a mouse button or a finger is down. Leaving a field by pressing a button makes the host judge
 * that field; its error would move the button away before it is released, and the click would be lost.
 */
export function holdWhilePressed<T>(handle: (message: T) => void): (message: T) => void {
  let pressed = false;
  let held: T[] = [];
  const release = (): void => {
    pressed = false;
    const messages = held;
    held = [];
    messages.forEach(handle);
  };
  // The click comes after the release of the pointer, in the same task; a new task comes after both.
  const releaseSoon = (): void => void setTimeout(release, 0);
  window.addEventListener('pointerdown', (event) => (pressed = !isOnScrollBar(event)), true);
  for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, releaseSoon, true);
  // Not captured: that would hear every field's blur as well, which a press causes.
  window.addEventListener('blur', releaseSoon);
  return (message) => {
    if (pressed) held.push(message);
    else handle(message);
  };
}

/** A scroll bar is no element of its own: it lies beyond the content of what it scrolls. Who drags it wants news at once. */
function isOnScrollBar({ target, offsetX, offsetY }: PointerEvent): boolean {
  if (!(target instanceof Element)) return false;
  const { clientWidth, clientHeight, scrollWidth, scrollHeight } = target;
  const isRight = scrollHeight > clientHeight && offsetX >= clientWidth;
  const isBelow = scrollWidth > clientWidth && offsetY >= clientHeight;
  return isRight || isBelow;
}
