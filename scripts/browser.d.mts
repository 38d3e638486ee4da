import type { LaunchOptions, PlaywrightTestOptions, PlaywrightWorkerOptions } from '@playwright/test';

export function findBrowser(options?: { readonly whole?: boolean }): string | undefined;
export function ensureBrowser(options?: { readonly whole?: boolean }): string;
export function launchOptions(options?: { readonly whole?: boolean }): LaunchOptions;
export const hasApt: boolean;
export function aptInstall(...packages: string[]): void;
export function findFirefox(): string | undefined;
export function firefoxOptions(): Partial<PlaywrightTestOptions & PlaywrightWorkerOptions> | undefined;
export function ensureFirefox(): boolean;
