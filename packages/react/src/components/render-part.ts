import { cloneElement, createElement, type JSX, type ReactElement } from 'react';

type Props = Readonly<Record<string, unknown>>;

/**
 * What a part is made of, in place of its own element: an element that gets the part's props, such as
 * `render={<Button size="small" />}`, or a function of them. Its own handlers run first.
 */
export type Render = ReactElement | ((props: Props) => ReactElement);

/** The part's element, or the app's with the part's props. */
export function renderPart(tag: keyof JSX.IntrinsicElements, props: Props, render: Render | undefined): ReactElement {
  if (!render) return createElement(tag, props as object);
  if (typeof render === 'function') return render(props);
  return cloneElement(render, mergeProps(props, render.props as Props));
}

/** The app's element wins, but classes and styles add up, and handlers run one after the other. */
export function mergeProps(part: Props, own: Props): Props {
  const merged: Record<string, unknown> = { ...part, ...own };
  if (part['className'] && own['className']) merged['className'] = `${part['className']} ${own['className']}`;
  if (part['style'] && own['style']) merged['style'] = { ...(part['style'] as object), ...(own['style'] as object) };
  for (const [name, handler] of Object.entries(part)) {
    const ownHandler = own[name];
    if (!/^on[A-Z]/.test(name) || !isHandler(handler) || !isHandler(ownHandler)) continue;
    merged[name] = (...args: unknown[]) => {
      ownHandler(...args);
      handler(...args);
    };
  }
  return merged;
}

const isHandler = (value: unknown): value is (...args: unknown[]) => void => typeof value === 'function';
