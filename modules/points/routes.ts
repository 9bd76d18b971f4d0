import type { Handlers } from '@kaibo/contract/core/handlers'
import type { pointsApi } from '@kaibo/contract/offer/points'
import { listEntries, type PointsNeeds, setSettings, viewAccount, viewSettings } from './points.ts'

export const createHandlers = (needs: PointsNeeds): Handlers<typeof pointsApi> => ({
  account: async ({ actor }) => viewAccount(needs, actor),
  entries: async ({ actor }, page) => listEntries(needs, actor, page),
  settings: async ({ actor }) => viewSettings(needs, actor),
  setSettings: async ({ actor }, settings) => setSettings(needs, actor, settings),
})
