import { useT } from '@kaibo/ui/i18n.ts'

/**
 * Tabs that narrow a list to a state: its words are `<words>.byState` and `<words>.tab.<state>`; the
 * first tab lists them all.
 */
export function useStateTabs<S extends string>(
  words: 'coupons' | 'flash' | 'promotions' | 'recordings' | 'takeRates' | 'words',
  states: readonly S[],
  chosen: string,
) {
  const t = useT()
  const state = states.find(each => each === chosen)
  return {
    tabs: {
      filter: 'state' as const,
      label: t(`${words}.byState`),
      items: ['all', ...states].map(id => ({ id, label: t(`${words}.tab.${id}`) })),
    },
    /** What the list is asked for. */
    asked: state ? { state } : {},
  }
}
