namespace Facialis.Platform.Layout;

/// <summary>Marks the few pages that open a camera and run the face mesh package, which needs more from the browser than every other page.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RunsFaceMeshAttribute : Attribute;
