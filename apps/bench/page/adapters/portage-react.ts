/** Ours with all that a person sees of it: the component, its rows and its progress. Files are added as dropped ones are. */
import { Uploader, useUploadActions } from '@portage/react';
import { PortageS3 } from '@portage/uppy';
import Uppy, { type Body, type Meta } from '@uppy/core';
import { createElement, Profiler } from 'react';
import { createRoot } from 'react-dom/client';
import '@portage/react/style.css';
import type { Adapter } from '../adapter.ts';
import { commits } from '../commits.ts';

export const upload: Adapter = async ({ files }) => {
  const uppy = new Uppy<Meta, Body>({ autoProceed: true }).use(PortageS3, { endpoint: '/api/uploads' });
  const place = document.body.appendChild(document.createElement('div'));
  const onRender = () => {
    commits.count += 1;
  };
  let addFiles: (files: File[]) => void = () => {
    throw new Error('The component is not there yet.');
  };
  const Reach = () => {
    addFiles = useUploadActions().addFiles;
    return null;
  };
  const uploader = createElement(Uploader, { uppy }, createElement(Reach));
  createRoot(place).render(createElement(Profiler, { id: 'uploader', onRender }, uploader));
  return () =>
    new Promise<void>((resolve, reject) => {
      let left = files.length;
      uppy.on('upload-success', () => {
        left -= 1;
        if (left === 0) resolve();
      });
      uppy.on('upload-error', (_file, error) => reject(error));
      addFiles([...files]);
    });
};
