/** The room's code: asked for by the route, and ahead of it when a finger comes near a room. */
export const loadRoom = () => import('../features/room/page.tsx')
