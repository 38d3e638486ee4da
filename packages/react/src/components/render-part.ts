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

/** The part needs its element as much as the app does. */
export function joined(refs: readonly Ref<unknown>[]): (value: unknown) => void {
  return (value) => {
    for (const ref of refs) {
      if (typeof ref === 'function') ref(value);
      else if (ref) (ref as { current: unknown }).current = value;
    }
  };
}

/** The app's element wins, but classes and styles add up, and handlers run one after the other. */
export function mergeProps(part: Props, own: Props): Props {
  const merged: Record<string, unknown> = { ...part, ...own };
  if (part['className'] && own['className']) merged['className'] = `${part['className']} ${own['className']}`;
  if (part['style'] && own['style']) merged['style'] = { ...(part['style'] as object), ...(own['style'] as object) };
  for (const [name, handler] of Object.entries(part)) {
    if (!/^on[A-Z]/.test(name)) continue;
    const ownHandler = own[name];
    if (!isHandler(handler) || !isHandler(ownHandler)) continue;
    merged[name] = (...args: unknown[]) => {
      ownHandler(...args);
      handler(...args);
    };
  }
  return merged;
}

const isHandler = (value: unknown): value is (...args: unknown[]) => void => typeof value === 'function';
