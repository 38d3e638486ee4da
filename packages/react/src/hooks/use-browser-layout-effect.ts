'use client';
import { useEffect, useLayoutEffect } from 'react';

/** React 18 warns of layout effects on a server. */
export const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;
