export {
  type Choice,
  chooseRegion,
  estimate,
  medianOf,
  type RegionFacts,
  type Why,
  wantsMeasuring,
} from './regions/choose.ts';
export { type Measured, measureRegions } from './regions/measure.ts';
export { patienceFor, whatIsWrong } from './regions/patience.ts';
export {
  createRegions,
  type Region,
  type RegionPorts,
  type RegionReport,
  type Regions,
} from './regions/regions.ts';
