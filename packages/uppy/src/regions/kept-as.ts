/** What is known of regions is kept in the session's storage by this name. */
export const KEPT_AS = 'portage-regions';
