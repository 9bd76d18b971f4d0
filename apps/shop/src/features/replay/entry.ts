/**
 * The way to replays and clips from pages of the first visit: what these name here is fetched in a
 * second step, so that its list of files costs the first visit nothing.
 */
export const loadReplay = () => import('./page.tsx')
export const loadReplays = () => import('../replays/page.tsx')
export const loadReplayStrip = () => import('../replays/replay-strip.tsx')
export const loadHighlights = () => import('../highlight/highlight-strip.tsx')
