'use client';
import {
  type ComponentType,
  type ForwardedRef,
  forwardRef,
  type ReactNode,
  type RefAttributes,
  useSyncExternalStore,
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
  const subscribe = (onKnown: () => void) =>
    whenLoaded(load, (code) => {
      known = code as Loaded;
      onKnown();
      return () => {};
    });
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each, by modules, as `lazy` is.
  return forwardRef<Element, Props>(function Late(props, ref) {
    // What a server rendered is taken over as it is, also where an earlier page of the app has loaded the code.
    const Code = useSyncExternalStore(
      subscribe,
      () => known,
      () => undefined,
    );
    return Code ? <Code {...props} {...(ref && { ref })} /> : meanwhile(props as Props, ref);
  }) as unknown as ComponentType<Props & RefAttributes<Element>>;
}
