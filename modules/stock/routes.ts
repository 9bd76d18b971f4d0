import type { Handlers } from '@kaibo/contract/handlers'
import type { stockApi } from '@kaibo/contract/stock'
import type { createUseCases } from './stock.ts'

export const routesOf = (stock: ReturnType<typeof createUseCases>): Handlers<typeof stockApi> => ({
  adjust: (ctx, input) => stock.adjust(ctx.actor, input),
  movements: (ctx, input) => stock.movements(ctx.actor, input),
})
