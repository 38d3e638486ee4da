/**
 * Round trips between places, in milliseconds: "Azure network round-trip latency statistics", the 95th percentile of the 30 days
 * that ended on 30 July 2026. What a client needs to the nearest exchange comes on top.
 * @see https://learn.microsoft.com/azure/networking/azure-network-latency
 */
export const STORES = ['East US', 'West Europe', 'Southeast Asia', 'Brazil South', 'Australia East'] as const;

/** From each place to each of those stores, in their order. */
export const PLACES: Readonly<Record<string, readonly number[]>> = {
  'Canada Central': [21, 92, 226, 133, 207],
  // With no way at all to the store in the same place.
  'Brazil South': [121, 191, 337, 0, 298],
  'France Central': [90, 15, 176, 193, 279],
  'Poland Central': [112, 28, 201, 211, 300],
  'South Africa North': [225, 171, 211, 327, 347],
  'Central India': [218, 153, 59, 320, 151],
  'Japan East': [165, 242, 74, 275, 105],
  'New Zealand North': [200, 273, 126, 309, 31],
};
