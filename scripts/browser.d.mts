import type { LaunchOptions, PlaywrightTestOptions, PlaywrightWorkerOptions } from '@playwright/test';

export function findBrowser(): string | undefined;
export function ensureBrowser(): string;
export function launchOptions(): LaunchOptions;
export const hasApt: boolean;
export function aptInstall(...packages: string[]): void;
export function findFirefox(): string | undefined;
export function firefoxOptions(): Partial<PlaywrightTestOptions & PlaywrightWorkerOptions> | undefined;
export function ensureFirefox(): boolean;
