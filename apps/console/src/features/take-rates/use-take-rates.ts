export const takeRatesKey = ['platform', 'take-rates'] as const
