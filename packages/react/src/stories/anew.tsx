import type { Decorator } from '@storybook/react-vite';
import { Fragment } from 'react';

/** A scene is set once. With other values of the controls it is set anew. */
export const anew: Decorator = (Story, { args }) => (
  <Fragment key={JSON.stringify(args, (_, value) => (isData(value) ? value : undefined))}>
    <Story />
  </Fragment>
);

/** Elements refer to what made them, without end. */
const isData = (value: unknown): boolean =>
  typeof value !== 'function' && !(typeof value === 'object' && value !== null && '$$typeof' in value);
