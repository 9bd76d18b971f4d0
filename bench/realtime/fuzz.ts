export const fuzz = async (): Promise<void> => {}
