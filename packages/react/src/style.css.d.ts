// TypeScript 7 asks for the types of an import that is made for its effect alone.
export {};
