/** Ours with all that a person sees of it: the component, its rows and its progress. */
import { Uploader } from '@portage/react';
import { PortageS3 } from '@portage/uppy';
import Uppy, { type Body, type Meta } from '@uppy/core';
import { createElement, Profiler } from 'react';
import { createRoot } from 'react-dom/client';
import '@portage/react/style.css';
import type { Adapter } from '../adapter.ts';
import { commits } from '../commits.ts';
import { addAll } from '../upload-all.ts';

export const upload: Adapter = async ({ files }) => {
  const uppy = new Uppy<Meta, Body>({ autoProceed: true }).use(PortageS3, { endpoint: '/api/uploads' });
  const place = document.body.appendChild(document.createElement('div'));
  const onRender = () => {
    commits.count += 1;
  };
  createRoot(place).render(createElement(Profiler, { id: 'uploader', onRender }, createElement(Uploader, { uppy })));
  return () => addAll(uppy, files);
};
