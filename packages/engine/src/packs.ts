export { createPacker, type Packer, type PackerPorts } from './packs/packer.ts';
