import Testing

@Suite struct LanesTests {}
