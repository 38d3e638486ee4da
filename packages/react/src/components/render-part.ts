import {
  type ComponentPropsWithoutRef,
  cloneElement,
  createElement,
  type JSX,
  type ReactElement,
  type Ref,
  version,
} from 'react';

type Props = Readonly<Record<string, unknown>>;

/**
 * What a part is made of, in place of its own element: an element that gets the part's props, such as
 * `render={<Button size="small" />}`, or a function of them. Its own handlers run first.
 */
export type Render = ReactElement | ((props: Props) => ReactElement);

/** What every part takes: what its element takes, and another element in its place. */
export type PartProps<Tag extends keyof JSX.IntrinsicElements> = ComponentPropsWithoutRef<Tag> & {
  /** The app's own element: an element, or a function of the props it has to take. */
  readonly render?: Render | undefined;
};

/** The part's element, or the app's with the part's props. */
export function renderPart(tag: keyof JSX.IntrinsicElements, props: Props, render: Render | undefined): ReactElement {
  if (!render) return createElement(tag, props as object);
  if (typeof render === 'function') return render(props);
  const merged = mergeProps(props, render.props as Props);
  const refs = [props['ref'], refOf(render)].filter(Boolean) as Ref<unknown>[];
  return cloneElement(render, refs.length > 1 ? { ...merged, ref: joined(refs) } : merged);
}

/** React 19 has it among the props, and warns of looking for it on the element. */
function refOf(element: ReactElement): unknown {
  return version.startsWith('18.') ? (element as { ref?: unknown }).ref : (element.props as Props)['ref'];
}

/**
 * One callback for several refs. Where a ref returns its clean-up (React 19), so does this one, which then gives `null` to the others.
 */
export function joined(refs: readonly Ref<unknown>[]): (value: unknown) => (() => void) | undefined {
  return (value) => {
    const ends = refs.map((ref) => give(ref, value));
    if (ends.every((end) => end === undefined)) return undefined;
    return () => {
      for (const [index, ref] of refs.entries()) (ends[index] ?? (() => give(ref, null)))();
    };
  };
}

function give(ref: Ref<unknown>, value: unknown): (() => void) | undefined {
  if (typeof ref === 'function') return ref(value) ?? undefined;
  if (ref) (ref as { current: unknown }).current = value;
  return undefined;
}

/**
 * The part's props for the app's element, whose own props win, with three exceptions:
 * - `className`: both;
 * - `style`: both, and the app's wins for each property;
 * - handlers: the app's runs first; after its `preventDefault()` the part's does not run.
 */
export function mergeProps(part: Props, own: Props): Props {
  const merged: Record<string, unknown> = { ...part, ...own };
  for (const [name, value] of Object.entries(part)) {
    const ownValue = own[name];
    if (!value || !ownValue) continue;
    if (name === 'className') merged[name] = `${value} ${ownValue}`;
    else if (name === 'style') merged[name] = { ...value, ...ownValue };
    else if (/^on[A-Z]/.test(name)) merged[name] = inTurn(ownValue as Handler, value as Handler);
  }
  return merged;
}

type Handler = (event: { readonly defaultPrevented?: boolean } | undefined) => void;

const inTurn =
  (first: Handler, then: Handler): Handler =>
  (event) => {
    first(event);
    if (!event?.defaultPrevented) then(event);
  };
