'use client';
import {
  type ComponentType,
  type ForwardedRef,
  forwardRef,
  type ReactNode,
  type RefAttributes,
  useEffect,
  useState,
} from 'react';
import { whenLoaded } from '../state/when-loaded.ts';

/**
 * A component whose code is loaded once it is rendered. Until then there is what `meanwhile` gives, and so it stays where the
 * code does not arrive: it is asked for again, and the page is never taken down.
 */
export function lateComponent<Props extends object, Element = unknown>(
  load: () => Promise<ComponentType<Props & RefAttributes<Element>>>,
  meanwhile: (props: Props, ref: ForwardedRef<Element>) => ReactNode,
): ComponentType<Props & RefAttributes<Element>> {
  type Loaded = ComponentType<object>;
  let known: Loaded | undefined;
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each, by modules, as `lazy` is.
  return forwardRef<Element, Props>(function Late(props, ref) {
    const [Code, setCode] = useState(() => known);
    useEffect(
      () =>
        whenLoaded(load, (code) => {
          known = code as Loaded;
          setCode(() => known);
          return () => {};
        }),
      [],
    );
    return Code ? <Code {...props} {...(ref && { ref })} /> : meanwhile(props as Props, ref);
  }) as unknown as ComponentType<Props & RefAttributes<Element>>;
}
