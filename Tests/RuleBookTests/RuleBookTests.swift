import Testing

@Suite struct RuleBookTests {}
