/**
 * The way to replays and clips from pages of the first visit: what these name here is fetched in a
 * second step, so that its list of files costs the first visit nothing.
 */
export const loadReplay = () => import('./page.tsx')
export const loadHighlights = () => import('../highlight/highlight-strip.tsx')
