import type { SuppliedEffect } from './port.ts'

/**
 * Effects of the operator: each folder in `apps/studio/effects` has an `index.ts` that exports
 * `effect`. The build takes them in, model files included; without any this is empty.
 */
const modules = import.meta.glob<{ effect: SuppliedEffect }>('/effects/*/index.ts')

/** Loads them once, when the host first opens the effects. */
export const loadSupplied = async (): Promise<readonly SuppliedEffect[]> =>
  Promise.all(Object.values(modules).map(async load => (await load()).effect))
