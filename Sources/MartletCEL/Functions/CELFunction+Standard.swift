extension CELFunction {
    /// The functions that every environment has. Macros (`has`, `all`, `map` …) and operators are not among them.
    public static let standard: [CELFunction] =
        ConversionFunctions.all + TextFunctions.all + TextFunctions.search + MathFunctions.all + MathFunctions.bits
        + ListFunctions.all + OptionalFunctions.all + EncoderFunctions.all + TimeFunctions.all + NetworkFunctions.all
        + PolicyFunctions.all + PortFunctions.all
}
