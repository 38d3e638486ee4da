/** Which uploader takes what is pasted, where a page has several. */

/** An element that takes files, as it is now. */
export interface Zone {
  /** Null where the app does not tell it. */
  readonly element: HTMLElement | null;
  /** Whose it is: an uploader may have several. */
  readonly uploader: object;
  /** Whether it takes files that are pasted now. */
  takesPaste(): boolean;
  paste(files: FileList): void;
}

interface Page {
  /** Each told as it is when it is asked. */
  readonly zones: Set<() => Zone>;
  /** The uploader that was last clicked or had the focus. */
  inUse: object | undefined;
  end(): void;
}

const pages = new WeakMap<Document, Page>();

/** Has the zone take pastes until the returned function is called. */
export function watchPaste(zoneNow: () => Zone, document: Document): () => void {
  const page = pages.get(document) ?? watch(document);
  pages.set(document, page);
  page.zones.add(zoneNow);
  return () => {
    page.zones.delete(zoneNow);
    if (page.zones.size === 0 && pages.delete(document)) page.end();
  };
}

function watch(document: Document): Page {
  const zones = new Set<() => Zone>();
  const page: Page = { zones, inUse: undefined, end: () => listen('removeEventListener') };
  const onUse = (event: Event): void => {
    const [owner, ...others] = uploadersOf(nearest(event.composedPath(), page));
    if (owner && others.length === 0) page.inUse = owner;
  };
  const onPaste = (event: ClipboardEvent): void => {
    const { clipboardData: data } = event;
    const path = placeOf(event, document);
    if (!data?.files.length || event.defaultPrevented || isEditable(path[0])) return;
    const zone = zoneFor(path, page);
    if (!zone || (holdsText(data) && !zone.element?.matches(':focus-within'))) return;
    event.preventDefault();
    zone.paste(data.files);
  };
  const listen = (how: 'addEventListener' | 'removeEventListener'): void => {
    document[how]('paste', onPaste as EventListener);
    document[how]('pointerdown', onUse, true);
    document[how]('focusin', onUse, true);
  };
  listen('addEventListener');
  return page;
}

/** Where the person is. Firefox (153) tells the body of a paste while the focus is on what is no text, such as a button. */
function placeOf(event: Event, { activeElement, body }: Document): readonly EventTarget[] {
  const path = event.composedPath();
  if (path[0] !== body) return path;
  let focused = activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return ancestorsOf(focused ?? body);
}

/** The uploader in use takes a paste, else the one in the topmost dialog, else the only one there is. */
function zoneFor(path: readonly EventTarget[], page: Page): Zone | undefined {
  const near = nearest(path, page);
  // Whose uploader the person is in gets it, or nobody does.
  const open = uploadersOf(near).length === 1 ? near : near.filter((zone) => zone.takesPaste() && isShown(zone));
  const inDialog = open.filter(({ element }) => ancestorsOf(element).some(isDialog));
  const choice = [open, inTopmost(inDialog), open.filter(({ uploader }) => uploader === page.inUse)].find(
    (some) => uploadersOf(some).length === 1,
  );
  const able = choice?.filter((zone) => zone.takesPaste());
  return able?.find(({ element }) => element?.matches(':focus-within')) ?? able?.[0];
}

/** Of zones in dialogs those in the one on top: modal ones are above the others, and later ones above earlier ones. */
function inTopmost(zones: readonly Zone[]): readonly Zone[] {
  const dialogOf = ({ element }: Zone) => ancestorsOf(element).find(isDialog) as Element;
  const dialogs = zones.map(dialogOf).sort((a, b) => {
    const modal = Number(isModal(a)) - Number(isModal(b));
    return modal || (a.compareDocumentPosition(b) & 2 /* DOCUMENT_POSITION_PRECEDING */ ? 1 : -1);
  });
  const top = dialogs.at(-1);
  return zones.filter((zone) => dialogOf(zone) === top);
}

/** The zones in the innermost node of the path that holds any. */
function nearest(path: readonly EventTarget[], { zones }: Page): readonly Zone[] {
  const all = [...zones].map((now) => {
    const zone = now();
    return { zone, around: new Set<EventTarget>(ancestorsOf(zone.element)) };
  });
  for (const node of path) {
    const inside = all.filter(({ around }) => around.has(node));
    if (inside.length > 0) return inside.map(({ zone }) => zone);
  }
  return all.map(({ zone }) => zone);
}

const uploadersOf = (zones: readonly Zone[]): object[] => [...new Set(zones.map(({ uploader }) => uploader))];

/** The node and all around it, out of shadow roots too. */
function ancestorsOf(node: Node | null): Node[] {
  const found: Node[] = [];
  for (let at: Node | null = node; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null) found.push(at);
  return found;
}

const isShown = ({ element }: Zone): boolean => element?.checkVisibility?.() ?? true;
const isDialog = (node: Node): boolean =>
  (node as Element).matches?.('dialog[open], [role="dialog"], [role="alertdialog"]') === true;
const isModal = (dialog: Element): boolean => dialog.matches(':modal, [aria-modal="true"]');

/** Not by its class: the element may be of another window. */
function isEditable(target: EventTarget | undefined): boolean {
  const { isContentEditable, matches, editContext } = (target ?? {}) as HTMLElement & { editContext?: unknown };
  return isContentEditable || Boolean(editContext) || matches?.call(target, 'input, textarea') === true;
}

/** Spreadsheets put a picture of their cells beside them. Some systems put the names of copied files there instead. */
function holdsText(data: DataTransfer): boolean {
  const names = new Set([...data.files].map(({ name }) => name));
  // In tests of apps there may be nothing but files.
  const lines = (data.getData?.('text/plain') ?? '').split(/[\r\n]+/);
  return lines.some((line) => line.trim() !== '' && !names.has(line.split(/[\\/]/).pop() ?? line));
}
