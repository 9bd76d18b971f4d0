/** The room's code, as the route asks for it. */
export const loadRoom = () => import('../features/room/page.tsx')

/** Fetches it when a finger comes near a room. A failure is the route's to tell. */
export const aheadOfRoom = (): void => {
  loadRoom().catch(() => {})
}
