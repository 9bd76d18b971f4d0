import type { Attitude, AttitudeView } from '@kaibo/contract/show/attitude'

export const sides = ['up', 'down'] as const satisfies readonly Attitude[]

/** What a press on a thumb asks for: that side, or to take it back when it is mine already. */
export const wantedBy = ({ mine }: Pick<AttitudeView, 'mine'>, pressed: Attitude) =>
  mine === pressed ? null : pressed

/** What a press shows before the server has answered. */
export const shownAfter = (view: AttitudeView, wanted: Attitude | null): AttitudeView => ({
  ...view,
  mine: wanted,
  upCount: Math.max(0, view.upCount + Number(wanted === 'up') - Number(view.mine === 'up')),
})
