export {
  type Choice,
  chooseRegion,
  estimate,
  medianOf,
  type RegionFacts,
  type Why,
  wantsMeasuring,
} from './regions/choose.ts';
export { leaveAfter, whatIsWrong } from './regions/leaving.ts';
export { type Measured, measureRegions } from './regions/measure.ts';
export {
  createRegions,
  type Region,
  type RegionPorts,
  type RegionReport,
  type Regions,
} from './regions/regions.ts';
