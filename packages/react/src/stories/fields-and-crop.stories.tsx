import type { Meta, StoryObj } from '@storybook/react-vite';
import { Crop } from '../crop/index.ts';
import { Fields } from '../fields/index.ts';
import { PictureScene } from './picture-scene.tsx';
import { clicks, has, hasButton, inTurn } from './play.ts';
import './layouts.css';

/** What asks the person about a file before it is sent: `Fields` and `Crop`, each an entry of its own. */
const meta = {
  title: 'Parts/Fields and crop',
  component: PictureScene,
  parameters: {
    controls: { disable: true },
    props: { Fields: ['FieldsProps'], 'one of its fields': ['FileField'], Crop: ['CropProps'] },
  },
} satisfies Meta<typeof PictureScene>;

export default meta;
type Story = StoryObj<typeof meta>;

const FIELDS = [{ name: 'alt', label: 'What the picture shows', required: true }];
const code = (text: string) => ({ docs: { source: { code: text, language: 'tsx' } } });

const FIELDS_CODE = code(`import { Uploader } from '@portage/react';
import { Fields } from '@portage/react/fields';

export default () => (
  <Uploader endpoint="/api/uploads">
    <Fields fields={[{ name: 'alt', label: 'What the picture shows', required: true }]} />
  </Uploader>
);`);

/** `Fields` asks for more about each file. One that is required holds the file until it is filled in. */
export const AskForFields: Story = {
  args: {
    autoStart: true,
    files: [{ name: 'Harbour at dawn.jpg' }, { name: 'Night train.jpg' }],
    children: <Fields fields={FIELDS} />,
  },
  parameters: FIELDS_CODE,
  play: has('.portage-fields input[aria-invalid]', 2),
};

/** In every layout: here beside what is happening. */
export const AskForFieldsInATable: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...AskForFields.args, layout: 'table' },
  parameters: FIELDS_CODE,
  play: has('.portage-row .portage-fields input[aria-invalid]', 2),
};

export const AskForFieldsInAGallery: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...AskForFields.args, layout: 'gallery' },
  parameters: FIELDS_CODE,
  play: has('.portage-tile .portage-fields input[aria-invalid]', 2),
};

export const AskForFieldsInLines: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...AskForFields.args, layout: 'compact' },
  parameters: FIELDS_CODE,
  play: has('.portage-line .portage-fields input[aria-invalid]', 2),
};

/** `Crop` asks which part is kept before the picture is sent. It needs `react-easy-crop`. */
export const AskForCrop: Story = {
  args: {
    ...{ layout: 'avatar', autoStart: true, byButton: true },
    ...{ files: [{ name: 'Lake, second morning.jpg' }], children: <Crop /> },
  },
  parameters: code(`import { Uploader } from '@portage/react';
import { Crop } from '@portage/react/crop';

export default () => (
  <Uploader endpoint="/api/uploads" layout="avatar">
    <Crop />
  </Uploader>
);`),
  play: inTurn(clicks('Pick a picture for me'), has('dialog[open] [data-testid=cropper]'), hasButton('Use this part')),
};
