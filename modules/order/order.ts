import type { LifeNeeds } from './life.ts'
import type { MineNeeds } from './mine.ts'
import type { PlacementNeeds } from './placement/placement.ts'
import type { ViewNeeds } from './view.ts'

export type OrderNeeds = LifeNeeds & ViewNeeds & MineNeeds & PlacementNeeds
