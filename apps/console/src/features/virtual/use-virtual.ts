export const virtualKey = (shopId: string) => ['shop', shopId, 'virtual'] as const
