// What the hub sends to screens and takes from them: the TypeScript side of hub/Push and hub/Api.
// Times are ISO 8601 with offset; texts are by language tag, for example { de: "Schalter", en: "Counter" }.
export {};
//# sourceMappingURL=messages.js.map