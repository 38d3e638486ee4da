'use client';
import { useEffect, useState } from 'react';

/** The width of an element in whole pixels, as it changes. */
export function useWidth(element: HTMLElement | null): number {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(1, Math.floor(entry.contentRect.width)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
