namespace Facialis.Platform.Identity.Lock;

/// <summary>Marks the few pages and endpoints that answer while the screen is locked: those that unlock it, and those that show nobody's data.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenWhileLockedAttribute : Attribute;
