import type { FreightCharge, FreightPlan } from '@kaibo/contract/trade/freight'
import { fen } from '@kaibo/kernel/money'

export const presetNames = ['flat', 'weight', 'mainland'] as const
export type PresetName = (typeof presetNames)[number]

/** Tibet, Xinjiang, Qinghai, Gansu, Ningxia, Inner Mongolia: far from most shops. */
const remote = ['54', '65', '63', '62', '64', '15']
/** Shanghai, Jiangsu, Zhejiang, Anhui: next door to most shops. */
const near = ['31', '32', '33', '34']
/** Hong Kong, Macao, Taiwan: another customs area. */
const overseas = ['71', '81', '82']

const byWeight = (firstFen: number, furtherFen: number, freeFromFen: number | null = null) =>
  ({
    firstUnits: 1_000,
    firstFen: fen(firstFen),
    furtherUnits: 1_000,
    furtherFen: fen(furtherFen),
    freeFromFen: freeFromFen === null ? null : fen(freeFromFen),
    freeFromCount: null,
  }) satisfies FreightCharge

/** Price tables as carriers offer them to small shops, to be copied and changed. */
export const presets: Readonly<Record<PresetName, Omit<FreightPlan, 'name'>>> = {
  flat: {
    chargeBy: 'piece',
    rules: [{ regions: overseas, charge: null }],
    elsewhere: { ...byWeight(800, 0), firstUnits: 1, furtherUnits: 1 },
  },
  weight: {
    chargeBy: 'weight',
    rules: [
      { regions: near, charge: byWeight(600, 100) },
      { regions: remote, charge: byWeight(1_800, 1_200) },
      { regions: overseas, charge: null },
    ],
    elsewhere: byWeight(1_000, 500),
  },
  mainland: {
    chargeBy: 'weight',
    rules: [
      { regions: remote, charge: byWeight(1_800, 1_200, 29_900) },
      { regions: overseas, charge: null },
    ],
    elsewhere: byWeight(1_000, 300, 9_900),
  },
}
